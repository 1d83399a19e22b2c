/** Pictures with more pixels than this are never decoded: 64 megapixels need 256 MB of memory. */
export const MAX_PICTURE_PIXELS = 64_000_000
