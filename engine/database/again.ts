/** Two transactions wanted each other's rows, or saw each other's changes: the database ended this one, all of it. */
const collided = new Set(['40P01', '40001'])

const mostTries = 5

/** Runs a transaction, and once more where it was ended for getting in another's way. */
export async function again<Value>(transaction: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await transaction()
    } catch (error) {
      if (tries === mostTries || !collided.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}
