/* Reads something for a page and says how it goes. */
import { reactive } from 'vue'

export interface Loaded {
  busy: boolean
  ready: boolean
  problem: unknown
  again: () => Promise<void>
}

export function useLoad(read: () => Promise<void>): Loaded {
  const state: Loaded = reactive({
    busy: false, ready: false, problem: undefined,
    async again() {
      state.busy = true
      state.problem = undefined
      try {
        await read()
        state.ready = true
      } catch (e) {
        state.problem = e
      } finally {
        state.busy = false
      }
    },
  })
  void state.again()
  return state
}
