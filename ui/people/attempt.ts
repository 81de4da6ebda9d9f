import { toast, toastFailure } from '../parts/toast.tsx'
import { client } from '../wire/client.ts'

/** Does something that changes who may do what, says so, and reads everything anew: one's own rights may be others. */
export async function attempt(org: string, act: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await act()
    toast(done)
    return true
  } catch (failure) {
    toastFailure(failure)
    return false
  } finally {
    void client.invalidateQueries({ queryKey: ['org', org] })
  }
}
