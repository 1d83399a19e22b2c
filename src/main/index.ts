import { fileURLToPath } from 'node:url'
import { startDesktop } from './hosts/electron/start-desktop.ts'

/** The desktop's entry. The addresses are those of the built files, which lie beside this one when it is built. */
const besides = (path: string): URL => new URL(path, import.meta.url)

startDesktop({
  engineWorker: besides('engine-worker.js'),
  demoWorker: besides('demo-worker.js'),
  preload: fileURLToPath(besides('../preload/index.cjs')),
  pageDir: fileURLToPath(besides('../renderer/')),
  icon: fileURLToPath(besides('../../resources/icon.png')),
})
