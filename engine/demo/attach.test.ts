import { afterAll, expect, test } from 'vitest'
import { castPassword, openHouse } from '@commonhall/engine/testing'
import { attachDemoFiles } from './attach.ts'

const house = await openHouse()
afterAll(() => house.close())

test('the demo has files of several kinds, on records of several kinds', async () => {
  await attachDemoFiles(house.app, castPassword)
  const staff = await house.as('staff@riverside.example', 'riverside')
  const { data } = (await staff.get('/files?sort=name')).json<{ data: { name: string; resource: string }[] }>()
  expect(data.map(({ name, resource }) => `${resource}: ${name}`)).toEqual([
    'housing.unit: Leak in the bedroom.png',
    'housing.occupancy: Lease.pdf',
    'housing.unit: Minutes of the repair committee.txt',
    'members.member: Share certificate.pdf',
  ])
})
