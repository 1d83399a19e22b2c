import type { Bridge } from './bridge.ts'
import { openBrowserBridge } from './browser-bridge.ts'
import { openDesktopBridge } from './desktop-bridge.ts'

declare global {
  interface Window {
    /** Put there by the desktop's preload; absent in the browser mode. */
    readonly rollcall?: { readonly host: 'desktop' }
  }
}

/** Opens the way to the engine that this page's host offers. */
export function openBridge(): Bridge {
  return window.rollcall?.host === 'desktop' ? openDesktopBridge() : openBrowserBridge()
}
