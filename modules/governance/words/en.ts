/** Everything that people read of proposals and elections and that no declaration says. */
export const words = {}
