/** What the work comes to, or `late` when it takes longer than so many milliseconds; it then goes on unheeded. */
export async function inTime<Value, Late>(work: Promise<Value>, longest: number, late: Late): Promise<Value | Late> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<Late>((resolve) => (timer = setTimeout(resolve, longest, late)))
  return await Promise.race([work, over]).finally(() => clearTimeout(timer))
}
