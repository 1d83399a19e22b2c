/** What happened on screen between a start and a stop. */
export interface Recording {
  /** Time between one frame and the next, ms. */
  readonly frameMs: readonly number[]
  /** Tasks over 50 ms, as the browser reports them, ms. */
  readonly longTaskMs: readonly number[]
  /** The longest that a row on screen had somebody without a name or a face, ms. */
  readonly longestBlankMs: number
  /** Frames in which a picture on screen that had been there was gone. */
  readonly flashes: number
  /** Photos that were taken from the host twice. */
  readonly fetchedAgain: number
}

/** What the page measures about itself; put there before it starts. */
export interface PageProbe {
  /** From the next key or press until what `isThere` looks for has been painted, ms. The page is not touched otherwise. */
  arm(isThere: string): void
  measured(): Promise<number>
  start(): void
  stop(): Recording
  /** Whether everybody on screen has a name and a face. */
  isWhole(): boolean
}

declare global {
  interface Window {
    readonly benchProbe: PageProbe
  }
}

/** Runs in the page, before anything else: it may use nothing from here. */
export function installProbe(): void {
  let painted = Promise.withResolvers<number>()
  let awaited: { isThere: () => boolean; sinceMs: number | null } | null = null
  const note = (event: Event) => {
    if (awaited !== null) awaited.sinceMs ??= event.timeStamp
  }
  addEventListener('keydown', note, true)
  addEventListener('pointerdown', note, true)

  /** After the frame that is being made has been painted. */
  const afterPaint = (work: () => void) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = work
    port2.postMessage(null)
  }
  const look = () => {
    if (awaited !== null && awaited.sinceMs !== null && awaited.isThere()) {
      const { sinceMs } = awaited
      awaited = null
      afterPaint(() => painted.resolve(performance.now() - sinceMs))
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)

  const CONDITIONS: Record<string, () => boolean> = {
    answered: () => document.querySelector('main[aria-busy="false"]') !== null,
    selected: () => !/\b0 selected/.test(document.querySelector('[data-status="counts"]')?.textContent ?? '0 selected'),
    'nobody-selected': () => /\b0 selected/.test(document.querySelector('[data-status="counts"]')?.textContent ?? ''),
    'one-less': () => /9 selected/.test(document.querySelector('[data-status="counts"]')?.textContent ?? ''),
    filtered: () =>
      document.querySelector('main[aria-busy="false"]') !== null &&
      document.querySelector('footer')?.textContent?.includes('filter') === true,
  }

  interface LineOnScreen {
    readonly key: string
    readonly isWhole: boolean
    readonly images: readonly HTMLImageElement[]
  }
  /** The lines on screen; and whether they cover all of it. */
  function linesOnScreen(): { lines: LineOnScreen[]; isCovered: boolean } {
    const grid = document.querySelector<HTMLElement>('[role="grid"]')
    if (grid === null) return { lines: [], isCovered: true }
    const { scrollTop, clientHeight, scrollHeight } = grid
    const lines: LineOnScreen[] = []
    let coveredFrom = Number.POSITIVE_INFINITY
    let coveredTo = 0
    for (const line of grid.querySelectorAll<HTMLElement>('[role="row"][style]')) {
      // Beyond a million it is written as 1.04488e+06, in six digits.
      const top = Number(/translateY\(([\d.e+]+)px/.exec(line.style.transform)?.[1] ?? Number.NaN)
      const bottom = top + line.offsetHeight
      if (!(bottom > scrollTop + 1 && top < scrollTop + clientHeight - 1)) continue
      coveredFrom = Math.min(coveredFrom, top)
      coveredTo = Math.max(coveredTo, bottom)
      const images = [...line.querySelectorAll('img')]
      const isNamed = [...line.querySelectorAll('[data-index]')].every((cell) => cell.hasAttribute('data-address'))
      const isWhole = isNamed && images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)
      lines.push({ key: line.getAttribute('aria-rowindex') ?? '', isWhole, images })
    }
    // A line's own margin is no hole, nor is what the six digits leave out.
    const slackPx = 12 + scrollTop / 100_000
    const isCovered =
      coveredFrom <= scrollTop + slackPx && coveredTo >= Math.min(scrollTop + clientHeight, scrollHeight) - slackPx
    return { lines, isCovered }
  }

  let stopRecording: (() => Recording) | null = null
  const probe: PageProbe = {
    arm(isThere) {
      painted = Promise.withResolvers()
      awaited = { isThere: CONDITIONS[isThere] ?? (() => false), sinceMs: null }
    },
    measured: () => painted.promise,
    start() {
      performance.setResourceTimingBufferSize(200_000)
      performance.clearResourceTimings()
      const frameMs: number[] = []
      const longTaskMs: number[] = []
      const blankSince = new Map<string, number>()
      let longestBlankMs = 0
      let flashes = 0
      let lastMs: number | null = null
      let seen = new Set<HTMLImageElement>()
      let isOver = false
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTaskMs.push(duration)
      })
      observer.observe({ entryTypes: ['longtask'] })
      const frame = (nowMs: number) => {
        if (isOver) return
        if (lastMs !== null) frameMs.push(nowMs - lastMs)
        lastMs = nowMs
        const { lines, isCovered } = linesOnScreen()
        const blank = new Set(lines.filter(({ isWhole }) => !isWhole).map(({ key }) => key))
        if (!isCovered) blank.add('uncovered')
        for (const key of blankSince.keys()) if (!blank.has(key)) blankSince.delete(key)
        for (const key of blank) {
          const sinceMs = blankSince.get(key) ?? nowMs
          blankSince.set(key, sinceMs)
          longestBlankMs = Math.max(longestBlankMs, nowMs - sinceMs)
        }
        const images = lines.flatMap((line) => line.images)
        if (images.some((image) => seen.has(image) && (!image.complete || image.naturalWidth === 0))) flashes += 1
        seen = new Set(images.filter(({ complete, naturalWidth }) => complete && naturalWidth > 0))
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
      stopRecording = () => {
        isOver = true
        for (const { duration } of observer.takeRecords()) longTaskMs.push(duration)
        observer.disconnect()
        const urls = performance
          .getEntriesByType('resource')
          .filter((entry) => entry.name.includes('/photo?') && (entry as PerformanceResourceTiming).transferSize > 0)
          .map(({ name }) => name)
        return { frameMs, longTaskMs, longestBlankMs, flashes, fetchedAgain: urls.length - new Set(urls).size }
      }
    },
    stop() {
      if (stopRecording === null) throw new Error('Nothing is being recorded.')
      return stopRecording()
    },
    isWhole() {
      const { lines, isCovered } = linesOnScreen()
      return lines.length > 0 && isCovered && lines.every(({ isWhole }) => isWhole)
    },
  }
  Object.defineProperty(window, 'benchProbe', { value: probe })
}
