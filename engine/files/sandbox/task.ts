/** What a task in the sandbox is given. */
export interface Given {
  /** Where the bytes are that somebody sent, as a file. */
  readonly file: string
  /** An empty folder to write into. */
  readonly folder: string
  /** What the one who gave the order says besides; it has traveled as JSON. */
  readonly asked: unknown
}

/** What a module must export to be run in the sandbox. Its answer travels back as JSON. */
export interface Task {
  run(given: Given): Promise<unknown>
}

/** An order on its way into the sandbox. */
export interface TaskOrder extends Given {
  /** The address of the module. */
  readonly task: string
  /** Of the processor. */
  readonly seconds: number
}

/** What comes back: an answer, or the code of an error, whose words may hold somebody's data and stay behind. */
export type TaskReply = { readonly answer: unknown } | { readonly failed: string }
