/**
 * Runs `work` at once, and while calls keep coming once it is done and `intervalMs` have passed since it began. The last call
 * is never lost. `work` must not reject.
 */
export function atMostEvery(intervalMs: number, work: () => undefined | Promise<unknown>): () => void {
  let isBusy = false
  let isDue = false
  const run = async () => {
    isBusy = true
    isDue = false
    const interval = new Promise((resolve) => {
      setTimeout(resolve, intervalMs)
    })
    await Promise.all([work(), interval])
    isBusy = false
    if (isDue) void run()
  }
  return () => {
    if (isBusy) isDue = true
    else void run()
  }
}
