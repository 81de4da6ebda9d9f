/** Files attached to anything: a file is part of its record. */
import type { Engine } from '../engine.ts'
import type { Part } from '../http/server.ts'

/** Wires what belongs to files to the engine: jobs here, and the routes that it answers. */
export function openFiles(_engine: Engine): readonly Part[] {
  return []
}
