import { app } from './app.ts'
import { record } from './recorder.ts'

type SchemeHandler = (request: Request) => Response | Promise<Response>
type PermissionCheck = (contents: unknown, permission: string) => boolean
type PermissionRequest = (contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void
type BeforeRequest = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void

/** What the app installed, for the test to try. */
export const installed: {
  readonly schemes: Map<string, SchemeHandler>
  permissionCheck: PermissionCheck | null
  permissionRequest: PermissionRequest | null
  deviceCheck: (() => boolean) | null
  beforeRequest: BeforeRequest | null
} = { schemes: new Map(), permissionCheck: null, permissionRequest: null, deviceCheck: null, beforeRequest: null }

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown): void {
    if (app.isReady()) throw new Error('schemes are registered before the app is ready')
    record('protocol.registerSchemesAsPrivileged', schemes)
  },
  handle(scheme: string, handler: SchemeHandler): void {
    record('protocol.handle', scheme)
    installed.schemes.set(scheme, handler)
  },
}

export const session = {
  defaultSession: {
    protocol,
    setPermissionCheckHandler(handler: PermissionCheck): void {
      installed.permissionCheck = handler
    },
    setPermissionRequestHandler(handler: PermissionRequest): void {
      installed.permissionRequest = handler
    },
    setDevicePermissionHandler(handler: () => boolean): void {
      installed.deviceCheck = handler
    },
    on(event: string): void {
      record('session.on', event)
    },
    webRequest: {
      onBeforeRequest(listener: BeforeRequest): void {
        installed.beforeRequest = listener
      },
    },
  },
}

/** Asks a scheme's handler, as a window's network stack does. */
export async function fetchByScheme(url: string): Promise<Response> {
  const handler = installed.schemes.get(new URL(url).protocol.replace(':', ''))
  if (!handler) throw new Error(`nobody serves ${url}`)
  return handler(new Request(url))
}
