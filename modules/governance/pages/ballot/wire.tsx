import { call } from '@commonhall/ui'
import { queryOptions } from '@tanstack/react-query'
import type { BallotPage } from '../voting/ballot-page.ts'
import type { Booth, KeptBallot } from '../voting/booth.ts'

/** What is on the ballot, and which papers one may take. Named as the election, so that it is read anew with that. */
export const ballotQuery = (org: string, election: string) =>
  queryOptions({
    queryKey: ['org', org, 'record', 'elections', election, 'ballot'],
    queryFn: ({ signal }) => call<BallotPage>('GET', `/orgs/${org}/elections/${election}/ballot`, { signal }),
  })

let booth: Promise<Booth> | undefined
let boothOrg = ''

/** The booth of an org. What it takes to blind and to seal is fetched when it is needed, and once. */
export function boothOf(org: string): Promise<Booth> {
  if (!booth || boothOrg !== org) {
    boothOrg = org
    booth = import('../voting/open-booth.ts').then(({ openBooth }) => openBooth({ org, call }))
    booth.catch(() => (booth = undefined))
  }
  return booth
}

/** What this device keeps of somebody's ballot. */
export const keptQuery = (org: string, page: BallotPage, voter: string) =>
  queryOptions({
    queryKey: ['booth', org, page.election, voter],
    queryFn: async (): Promise<KeptBallot | null> => (await boothOf(org)).kept(page, voter),
    // The device tells by itself when it changes; nothing is asked over the network.
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
  })
