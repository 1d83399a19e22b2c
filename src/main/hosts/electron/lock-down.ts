import type { App, Session, WebContents } from 'electron'
import { isPageUrl } from './schemes.ts'

/** The one thing beside showing itself that the page may do: put text on the clipboard, when a person asks for it. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** Keeps whatever a window shows to what the app itself serves: nowhere to go, nothing to open, no one else to ask. */
export function lockDown(app: App, session: Session): void {
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents))
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(isAllowed(permission, contents.getURL()))
  })
  session.setPermissionCheckHandler((contents, permission) => isAllowed(permission, contents?.getURL() ?? ''))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwnResource(details.url) })
  })
}

function lockDownContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-frame-navigate', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

function isAllowed(permission: string, url: string): boolean {
  return permission === ALLOWED_PERMISSION && isPageUrl(url)
}

function isOwnResource(url: string): boolean {
  return isPageUrl(url) || url.startsWith('photo://library/') || url.startsWith('devtools:')
}
