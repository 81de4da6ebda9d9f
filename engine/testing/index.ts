/** What tests use: a house on a real PostgreSQL, and the cast of people in it. */
export { cast, castPassword } from './cast.ts'
export { openHouse, type TestHouse, type Voice } from './house.ts'
