import { asHouse } from '../../database/access.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/house-job.ts'
import { type Content, contentSql } from './content.ts'
import { sourceOf } from './kinds.ts'
import { isUndecodable, makePreviews, noteNone } from './make.ts'

/** Queued for each content that was found clean. */
export const previewsAreMade = 'files.previews-are-made'

/** Of which content previews are wanted. */
export interface PreviewsWanted {
  readonly org: string
  readonly sha256: string
}

/** Makes what there is to look at of a content, once. What cannot be decoded has no previews; nothing else fails. */
export const makePreviewsJob = (engine: Engine): HouseJob<PreviewsWanted> => ({
  name: previewsAreMade,
  atOnce: 2,
  timeLimit: 120,
  async run({ org, sha256 }, { id }) {
    const work = { org, requestId: id }
    const [content] = await engine.database.read<Content & Record<string, unknown>>(asHouse(org, { requestId: id }), {
      text: `select ${contentSql} from foundation.file_content c where sha256 = $1`,
      values: [sha256],
    })
    if (content?.verdict !== 'clean' || content.previews !== 'waiting') return
    const source = sourceOf(content.media_type)
    if (!source) return await noteNone(engine, work, sha256, 'none')
    try {
      await makePreviews(engine, work, content, { source, want: 'first' })
    } catch (error) {
      if (!isUndecodable(error)) throw error
      engine.log.warn({ reason: error.code, detail: error.message }, 'no preview could be made of a file')
      await noteNone(engine, work, sha256, 'failed')
    }
  },
})
