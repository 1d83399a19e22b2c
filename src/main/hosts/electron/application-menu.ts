import type { MenuItemConstructorOptions } from 'electron'

/** What the menu does that no role does. */
export interface MenuActions {
  showKeys(): void
  showLog(): void
  showDataFolder(): void
}

/** The native menu, with the system's own words and keys wherever there is a role. */
export function applicationMenu(
  actions: MenuActions,
  surroundings: { isMac: boolean; isPackaged: boolean },
): MenuItemConstructorOptions[] {
  const { isMac, isPackaged } = surroundings
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Show data folder', click: actions.showDataFolder },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        // The grid has Ctrl+0, + and - for its own zoom: those of the text ask for Shift or Ctrl as well.
        { role: 'resetZoom', accelerator: 'CommandOrControl+Shift+0' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'reload' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        // The page itself answers the key; the menu only shows it.
        { label: 'Keys', accelerator: 'F1', registerAccelerator: false, click: actions.showKeys },
        { label: 'Show log', click: actions.showLog },
        { label: 'Show data folder', click: actions.showDataFolder },
        ...(isMac ? [] : [{ type: 'separator' as const }, { role: 'about' as const }]),
      ],
    },
  ]
}
