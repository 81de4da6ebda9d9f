import { isUuid, type Owner, parseRecord, refuse, type Resource, say } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import { user } from '../foundation/resources.ts'
import { type Answer, etag } from '../http/caller.ts'
import { type Http, orgPath } from '../http/door.ts'
import { jsonReply, recordParameters, refusals, rowSchema, versionHeader } from '../http/schemas.ts'
import { accepted } from '../records/accepted.ts'
import type { Registry } from '../registry.ts'
import { type Acting, acting, idIn, needOwnReach, needReach, needVersion } from './acting.ts'
import { personFields } from './input.ts'
import { readParties } from './parties.ts'
import { personChange } from './schemas.ts'
import { grantsOf, type PersonRow, personOf, readIn } from './store.ts'

const base = `${orgPath}/users/:id`
const tags = ['People']
const one = ({ registry }: Engine) => jsonReply('The person', rowSchema(user, registry.guarded(user)), versionHeader)

/** What is done with a person in this org alone: shut out, let in, linked to a record, removed. */
export function registerPeople(http: Http): void {
  const { app } = http
  app.patch(base, {
    schema: {
      tags,
      operationId: 'changePerson',
      summary: 'Say which record on the roll is a person, or whom they stand for; null for none',
      params: recordParameters,
      body: personChange,
      response: { 200: one(http.engine), ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.org_user.update', link),
  })
  registerState(http, 'disable', 'Shut a person out of this organization', true)
  registerState(http, 'enable', 'Let a person in again', false)
  app.delete(base, {
    schema: {
      tags,
      operationId: 'removePerson',
      summary: 'Remove a person from this organization; their sign-in elsewhere stays',
      params: recordParameters,
      response: { 204: { type: 'null', description: 'Done' }, ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.org_user.remove', remove),
  })
}

function registerState(http: Http, name: 'disable' | 'enable', summary: string, isDisabled: boolean): void {
  http.app.post(`${base}/${name}`, {
    schema: {
      tags,
      operationId: `${name}Person`,
      summary,
      params: recordParameters,
      body: { type: 'object', additionalProperties: false, properties: {} },
      response: { 200: one(http.engine), ...refusals(409, 412) },
    },
    handler: acting(http, 'foundation.org_user.update', async (act) => {
      const { id } = await personInReach(act)
      await act.transaction.query('select foundation.set_membership_disabled($1, $2)', [id, isDisabled])
      return await whole(act, id)
    }),
  })
}

/** The person of the address, if the version is theirs and they may do nothing that the caller may not. */
export async function personInReach(act: Acting): Promise<PersonRow> {
  const { transaction, request } = act
  const person = await personOf(readIn(transaction), idIn(request, user))
  if (!person) return refuse('not_found', say('engine:record.not_found', { label: user.label.toLowerCase() }))
  needVersion(request, person.version, user)
  needReach(act, await grantsOf(readIn(transaction), person.id), 'beyond_person')
  return person
}

async function whole({ engine, caller, transaction }: Acting, id: string): Promise<Answer> {
  const row = await engine.records.look(transaction, caller, user, id)
  return { status: 200, headers: { etag: etag(row.version) }, body: row }
}

async function link(act: Acting): Promise<Answer> {
  const { engine, caller, transaction, request } = act
  const { id } = await personInReach(act)
  const given = accepted(parseRecord(personFields, request.body, { partial: true }))
  if ('own_record' in given) {
    const record = given['own_record']
    if (isUuid(record)) {
      needOwnReach(act)
      const kind = ownRecordOf(engine.registry) ?? refuse('conflict', say('roles:no_own_record'))
      await engine.records.look(transaction, caller, kind, record)
    }
    await transaction.query('select foundation.set_own_record($1, $2)', [id, record])
  }
  for (const [resource, record] of await readParties(act, given['stands_for']))
    await transaction.query('select foundation.set_party($1, $2, $3)', [id, resource, record])
  return await whole(act, id)
}

async function remove(act: Acting): Promise<Answer> {
  const { id } = await personInReach(act)
  await act.transaction.query('select foundation.end_membership($1)', [id])
  return { status: 204 }
}

const isTheMember = ({ field, party }: Owner) => field === 'id' && party === null

/** The kind of record that is a person's own: the one whose rules let its own id be the owner. */
export const ownRecordOf = (registry: Registry): Resource | undefined =>
  [...registry.resources.values()].find((resource) => registry.ruleFor(resource, 'read')?.rule.owners.some(isTheMember))
