/** What a test can ask of the desktop app that runs over the stand-in. */
export type DesktopCommand =
  | { readonly do: 'list-records' | 'reload' | 'start-again' | 'close-window' }
  /** Calls a procedure over the port that the page was handed. */
  | { readonly do: 'call'; readonly path: readonly string[]; readonly input?: unknown }
  /** Fetches an address of one of the app's schemes. */
  | { readonly do: 'fetch'; readonly url: string }
  | { readonly do: 'choose-menu'; readonly label: string }
  /** Leads the window elsewhere; answers whether that was prevented. */
  | { readonly do: 'navigate'; readonly url: string }
  /** Opens another window; answers `deny` or `allow`. */
  | { readonly do: 'open-window'; readonly url: string }
  /** Loads something into the page; answers whether that was cancelled. */
  | { readonly do: 'request'; readonly url: string }
  | { readonly do: 'ask-permission'; readonly permission: string }
  /** Asks for a port as somebody else than the page; answers how many ports came. */
  | { readonly do: 'ask-for-port'; readonly as: 'frame-within' | 'other-contents' | 'other-page' }
