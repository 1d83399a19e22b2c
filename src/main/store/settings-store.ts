import { join } from 'node:path'
import type { Result } from '../../shared/result.ts'
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../shared/settings.ts'
import type { Log } from '../core/ports.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

/** The settings, held in memory and kept in a file. */
export interface SettingsStore {
  read(): Settings
  /** Fails with `not-writable`; the settings then last for this run. */
  write(settings: Settings): Result<null>
}

/** Opens `settings.json` in the data folder; what it does not say is the default. */
export function createSettingsStore(dataDir: string, log: Log): SettingsStore {
  const file = join(dataDir, 'settings.json')
  let settings: Settings = readJsonFile(file, settingsSchema, DEFAULT_SETTINGS, log)
  return {
    read: () => settings,
    write(next) {
      settings = next
      return writeJsonFile(file, next, log)
    },
  }
}
