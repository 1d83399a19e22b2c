import { EventEmitter } from 'node:events'

/** What the main process hears of preloads. */
export const ipcMain = new EventEmitter()
