import { FluentProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useSettings } from '../api/queries.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { useMedia } from '../ui/use-media.ts'

/** Light, dark, or as the system is (F40); in the language of the page, written its way (F99). */
export function Theme(props: { children: ReactNode }) {
  const { theme } = useSettings().appearance
  const direction = useLanguage()
  const isSystemDark = useMedia('(prefers-color-scheme: dark)')
  const isDark = theme === 'system' ? isSystemDark : theme === 'dark'
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light'
  }, [isDark])
  return (
    // A style and not a class: Fluent gives its classes to menus and notices too, which would then cover the window.
    <FluentProvider theme={isDark ? webDarkTheme : webLightTheme} dir={direction} style={{ height: '100%' }}>
      {props.children}
    </FluentProvider>
  )
}
