import { Refusal, say } from '@commonhall/kernel'
import { isOutage } from '../database/outage.ts'
import { findImport, type ImportRow, type ImportScope, type ImportState, setImport } from './store.ts'
import { tidily } from './tidily.ts'

/**
 * Does the work of an import. What breaks it off for good is written down and takes it to `state`; what passes, such as
 * a deadlock or a lost connection, leaves it as it is, and the queue's next try goes on.
 */
export async function orGiveUp(
  scope: ImportScope,
  id: string,
  state: ImportState,
  work: () => Promise<void>,
): Promise<ImportRow> {
  try {
    await tidily(work)
  } catch (error) {
    if (!isOutage(error)) {
      const sentence = error instanceof Refusal ? error.message : say('imports:interrupted')
      await scope.database.transaction(scope.access, (transaction) =>
        setImport(transaction, id, { state, error: sentence }),
      )
    }
    throw error
  }
  return await findImport(scope, id)
}
