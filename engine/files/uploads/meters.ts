import { Counter, Gauge, type Registry as Meters } from 'prom-client'

/** What this process measures of uploads; never by org, person or name. */
export class UploadMeters {
  readonly begun: Counter
  readonly completed: Counter
  readonly bytes: Counter
  readonly #broken: Counter<'reason'>
  readonly receiving: Gauge

  constructor(meters: Meters) {
    const registers = [meters]
    const counter = (name: string, help: string) => new Counter({ name: `commonhall_uploads_${name}`, help, registers })
    this.begun = counter('begun_total', 'Uploads that were begun in this process')
    this.completed = counter('completed_total', 'Uploads that became files in this process')
    this.bytes = counter('received_bytes_total', 'Bytes of files that arrived in this process')
    this.#broken = new Counter({
      name: 'commonhall_uploads_broken_total',
      help: 'Requests with bytes of a file that did not come to their end, by why: the code of the refusal, or fault',
      labelNames: ['reason'],
      registers,
    })
    this.receiving = new Gauge({
      name: 'commonhall_uploads_receiving',
      help: 'Requests whose bytes are arriving in this process right now',
      registers,
    })
  }

  broke(reason: string): void {
    this.#broken.inc({ reason })
  }
}
