/* One action of the user: sent once, whatever is clicked; retried with the same key when the network was lost. */
import { newKey, Problem } from '@tiaojie/core'
import { ref } from 'vue'
import { sayRefusal } from '../refusal'

export function useAct(done: () => Promise<void> | void) {
  const busy = ref(false)
  const fault = ref('')
  const errors = ref<Problem['errors']>([]) /* by field */
  let key = newKey()
  async function act(run: (key: string) => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    fault.value = ''
    errors.value = []
    try {
      await run(key)
      key = newKey()
      await done()
      return true
    } catch (e) {
      if (!(e instanceof Problem) || !e.offline) key = newKey()
      fault.value = sayRefusal(e)
      if (e instanceof Problem) errors.value = e.errors
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, fault, errors, act }
}
