import { contextBridge, ipcRenderer } from 'electron'

/** Tells the page where it runs, and hands it the one port to the engine. Nothing else crosses. */
contextBridge.exposeInMainWorld('rollcall', { host: 'desktop' })
ipcRenderer.on('rollcall:port', (event) => {
  window.postMessage({ type: 'rollcall:port' }, location.origin, event.ports)
})
window.addEventListener('load', () => ipcRenderer.send('rollcall:page-loaded'))
