type Sharp = typeof import('sharp')['default']

let loading: Promise<Sharp> | null = null

/**
 * Loads the decoder when the first picture needs it: most libraries hold common JPEGs only, which are judged without it, and
 * its code takes 6 MB of memory.
 */
export function loadSharp(): Promise<Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // Each photo is decoded once, so a cache only holds memory; and many photos side by side beat many threads on one.
    sharp.cache(false)
    sharp.concurrency(1)
    return sharp
  })
  return loading
}
