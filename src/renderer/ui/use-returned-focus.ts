import { useEffect } from 'react'

/** What lies over the window for a while, and takes the focus with it when it goes. */
const PASSING = '[role="dialog"], [role="alertdialog"], [role="menu"]'

/** Where the keyboard can be, in the order of the page. */
const STOPS = '[tabindex="0"], button:not([tabindex="-1"]), a[href], input'

/**
 * Gives the focus back to where it was when a dialog or a menu goes, and to what is nearest when a button goes that was pressed,
 * so that whoever works with the keyboard goes on at the same place. To be used once, for the whole window.
 */
export function useReturnedFocus(): void {
  useEffect(() => {
    /** What had the focus last, and what it lay in, innermost first. */
    let places: HTMLElement[] = []
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest(PASSING) === null) places = placesOf(target)
    }
    const giveBack = (changes: readonly MutationRecord[]) => {
      // Most changes are tiles that come and go.
      if (document.activeElement !== document.body) return
      const hasGone = changes.some(({ removedNodes }) => [...removedNodes].some(isPassing))
      if ((hasGone || isRemoved(places)) && document.querySelector(PASSING) === null) focusNearest(places)
    }
    const observer = new MutationObserver(giveBack)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [])
}

/** Whether what had the focus is no longer there. Tiles that scroll away come back with it. */
function isRemoved([target, ...around]: readonly HTMLElement[]): boolean {
  return target?.isConnected === false && !around.some((place) => place.role === 'grid')
}

function isPassing(node: Node): boolean {
  return node instanceof HTMLElement && (node.matches(PASSING) || node.querySelector(PASSING) !== null)
}

function placesOf(target: HTMLElement): HTMLElement[] {
  const places: HTMLElement[] = []
  for (let place: HTMLElement | null = target; place !== null && place !== document.body; place = place.parentElement)
    places.push(place)
  return places
}

/** The element itself; where it has gone, the tab stop of the nearest place around it that is still there. */
function focusNearest([target, ...around]: readonly HTMLElement[]): void {
  const place = around.find(({ isConnected }) => isConnected)
  const nearest = target?.isConnected === true ? target : place?.querySelector<HTMLElement>(STOPS)
  nearest?.focus({ preventScroll: true })
}
