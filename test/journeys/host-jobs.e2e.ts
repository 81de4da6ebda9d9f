import { expect, test } from 'vitest'
import { asOwner } from '@commonhall/engine/testing'
import { demoHost } from '../../engine/demo/world.ts'
import { tallyUsage } from '../../engine/jobs/testing/tally.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const { house } = stage
const { job } = house.engine.registry.jobs.get('foundation.count-usage')!

/** Queues work that is tried once. */
async function queueIn(slug: string): Promise<void> {
  const caller = await house.caller(slug)
  const { engine } = house
  await engine.act(caller, (_context, transaction) =>
    engine.jobs.sendForOrg(transaction, caller.org.id, slug, job, {}, { retries: 0 }),
  )
}

const effects = async () =>
  (await asOwner<{ job: string }>(house, 'select job from public.tally')).map(({ job: request }) => request)

await asOwner(
  house,
  `create or replace function foundation.count_usage() returns void language plpgsql security definer
  set search_path = '' as $$
  begin
    raise exception 'Maria Okafor cannot be counted';
  end $$`,
)
const hedda = await stage.browserOf(demoHost.email)

test('a job that fails for good turns up by itself, with its kind and its place and not a word of it', async () => {
  await hedda.opens('/host/jobs')
  await hedda.arrivesAt('Jobs')
  await hedda.sees('Nothing has failed')
  await hedda.sees('All is well')
  await queueIn('riverside')
  await queueIn('local-100')
  await hedda.sees('2 failed jobs wait for you')
  await hedda.in('list', 'Failed jobs').sees('Riverside Housing Cooperative')
  await hedda.in('list', 'Failed jobs').sees(/^error · P0001/)
  await hedda.clicks('Where in the program')
  await hedda.sees(/^engine\/foundation\/count-usage\.ts:\d+$/)
  await hedda.seesNo(/Maria/)
  await hedda.in('table', 'Queues').seesA('row', /^Usage counted needs you/)
  await hedda.in('table', 'Next runs').seesA('row', /^Schedules kept every hour, at :23 Work of the house/)
})

test('the page keeps nobody out, in the light, in the dark and on a phone', async () => {
  const phone = await stage.browserOf(demoHost.email, { device: 'phone' })
  await phone.opens('/host/jobs')
  await phone.in('list', 'Failed jobs').sees('Riverside Housing Cooperative')
  await phone.seesAllThere()
  await Promise.all([hedda, phone].map((eye) => eye.meetsNoBarrierInAnyLight('jobs')))
  await phone.scrollsOnlyDown('jobs')
  await phone.page.close()
})

test('once the cause is gone the operator retries it, and its effect is there once', async () => {
  await asOwner(house, tallyUsage)
  await hedda.presses('Retry Usage counted, Riverside Housing Cooperative')
  await hedda.sees('It is tried again.')
  await hedda.in('list', 'Failed jobs').seesNo('Riverside Housing Cooperative')
  await expect.poll(effects).toEqual(['riverside'])
})

test('another is discarded once that is certain, and nothing is done', async () => {
  await hedda.chooses('Kind', 'Usage counted (1)')
  await hedda.presses('Discard the one of this kind')
  const dialog = hedda.in('dialog', 'Discard 1 failed job?')
  await dialog.presses('Discard')
  await hedda.sees('It is discarded.')
  await hedda.sees('No job of this kind has failed.')
  await hedda.sees('All is well')
  expect(await effects()).toEqual(['riverside'])
})

test('both stand in the journal of hosts', async () => {
  await hedda.follows('What hosts did')
  await hedda.sees('tried 1 failed of foundation.count-usage again')
  await hedda.sees('discarded 1 failed of foundation.count-usage')
})
