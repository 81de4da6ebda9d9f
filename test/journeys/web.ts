import { buildIfStale } from '../../web/build.ts'

/** Journeys walk through the app as it is built for everybody, so it is built once before the first of them. */
export default async function setup(): Promise<void> {
  await buildIfStale()
}
