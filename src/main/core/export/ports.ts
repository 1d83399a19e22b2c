import type { Result } from '../../../shared/result.ts'

/** Makes pictures smaller. Never larger: a picture that is not wider than `widthPx` comes back as it is. */
export interface PictureResizer {
  /** Scales to `widthPx` px, same proportions, JPEG, metadata removed. Fails with `photo-unreadable`. */
  resize(bytes: Uint8Array, widthPx: number, address: string): Promise<Result<Uint8Array>>
}

/**
 * Writes files into a hidden temporary folder beside their target, then moves them into place. `discard` leaves nothing.
 * Names are plain file names, already safe and unique.
 */
export interface ExportSink {
  /** Names that exist in the target already, compared without regard to case. */
  listTaken(): Promise<ReadonlySet<string>>
  write(name: string, bytes: Uint8Array): Promise<Result<null>>
  commit(): Promise<Result<null>>
  discard(): Promise<void>
}

/** Opens a sink on a folder, which is made when it is not there. Fails with `not-writable`. */
export interface ExportSinkFactory {
  open(folder: string): Promise<Result<ExportSink>>
}
