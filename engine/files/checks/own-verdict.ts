import type { Engine } from '../../engine.ts'
import { SandboxFailure } from '../sandbox/sandbox.ts'
import type { Bytes } from '../stores/store.ts'
import type { Judged } from './verdict.ts'

const task = new URL('./in-sandbox.ts', import.meta.url).href

/** So many seconds of the processor for any file, and one more for each so many bytes. */
const [patience, perSecond] = [20, 10 * 1024 ** 2]

/** What a machine says that has no room or no hands left: it is tried again, and the file is not to blame. */
const machine = /: (?:ENOSPC|EDQUOT|EMFILE|ENFILE|ENOMEM|EIO|EROFS|EACCES|ERR_ACCESS_DENIED)$/

/** What our own reading of a content comes to. It is done where a hostile file can do no harm, and not for long. */
export async function ownVerdict(
  { files: { sandbox } }: Engine,
  org: string,
  size: number,
  read: () => Promise<Bytes>,
): Promise<Judged> {
  const order = { org, task, bytes: await read(), seconds: patience + size / perSecond }
  try {
    return await sandbox.run(order, (judged: Judged) => Promise.resolve(judged))
  } catch (error) {
    if (!(error instanceof SandboxFailure) || machine.test(error.message)) throw error
    return { mediaType: null, reason: 'unclear', detail: null }
  }
}
