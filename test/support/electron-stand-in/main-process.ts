/** The parts of the stand-in that need no process of their own: for a test that loads one file of the desktop host. */
export { ipcMain } from './ipc.ts'
export { MessageChannelMain } from './ports.ts'
export { protocol } from './session.ts'
