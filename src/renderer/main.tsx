import { createDOMRenderer, RendererProvider } from '@fluentui/react-components'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { createEngine } from './api/create-engine.ts'
import { EngineProvider } from './api/engine-context.tsx'
import { openBridge } from './api/open-bridge.ts'
import { App } from './app/app.tsx'
import { startLanguages } from './i18n/start-languages.ts'

// The page's content security policy forbids code made from strings, which zod would otherwise try.
z.config({ jitless: true })

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } })
const engine = createEngine(openBridge())
await startLanguages()
createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={renderer} targetDocument={document}>
      <EngineProvider engine={engine}>
        <App />
      </EngineProvider>
    </RendererProvider>
  </StrictMode>,
)
