interface Request {
  readonly headers: Record<string, string>
}

interface Build {
  readonly request: unknown
}

/** Any command, as far as we look at it. */
interface Command {
  readonly middlewareStack: {
    add(
      middleware: <Args extends Build, Out>(next: (args: Args) => Out) => (args: Args) => Out,
      where: { readonly step: 'build'; readonly name: string },
    ): void
  }
}

/**
 * Signs the hash of a body beforehand, so that a stream can be sent and the service refuses anything else. All services
 * look at it; the newer `x-amz-checksum-sha256` some know and some pass over.
 */
export function hashed<Sent extends Command>(command: Sent, sha256: Buffer): Sent {
  command.middlewareStack.add(
    (next) => (args) => {
      ;(args.request as Request).headers['x-amz-content-sha256'] = sha256.toString('hex')
      return next(args)
    },
    { step: 'build', name: 'hashOfBody' },
  )
  return command
}
