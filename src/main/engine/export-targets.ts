import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import type { ExportTarget } from '../../shared/contract/exports.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HostCapabilities } from './host-ports.ts'

/** Folders that a person chose in this run, behind opaque tokens: a path never comes from the page. */
export interface ExportTargets {
  /** Asks the host for a folder; null when the person closed the dialog. */
  choose(): Promise<ExportTarget | null>
  /** The folder behind a token; fails with `unknown-reference` for a token that was not given out in this run. */
  findFolder(token: string): Result<string>
}

/** Keeps what was chosen in memory, until the engine ends. */
export function createExportTargets(host: Pick<HostCapabilities, 'chooseFolder'>): ExportTargets {
  const folders = new Map<string, string>()
  return {
    async choose() {
      const folder = await host.chooseFolder()
      if (folder === null) return null
      const token = randomBytes(24).toString('base64url')
      folders.set(token, folder)
      return { token, label: basename(folder) || folder }
    },
    findFolder(token) {
      const folder = folders.get(token)
      return folder === undefined ? fail({ code: 'unknown-reference', what: 'The chosen folder' }) : ok(folder)
    },
  }
}
