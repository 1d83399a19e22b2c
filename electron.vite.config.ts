import { resolve } from 'node:path'
import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const inSource = (...parts: string[]): string => resolve(import.meta.dirname, 'src', ...parts)

/**
 * Three builds: the desktop's main process and the command line with their worker threads, the preload, the page. Packages stay
 * outside of the main process's files, because some of them are native; the page's are built in.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // The styles are JSON modules, whose import attribute the bundler drops: they are built in.
      externalizeDeps: { include: ['keytar', 'kerberos'], exclude: ['@dicebear/styles'] },
      rolldownOptions: {
        input: {
          index: inSource('main', 'index.ts'),
          cli: inSource('main', 'cli.ts'),
          'engine-worker': inSource('main', 'engine', 'engine-worker.ts'),
          'demo-worker': inSource('main', 'hosts', 'demo', 'demo-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can import nothing, and must be CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: inSource('preload', 'index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: inSource('renderer'),
    // React's compiler: a part of the window is drawn again only when what it shows has changed.
    plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
    build: {
      outDir: resolve(import.meta.dirname, 'out', 'renderer'),
      // The policy of the page allows no data: URLs.
      assetsInlineLimit: 0,
      minify: true,
      rolldownOptions: { input: { index: inSource('renderer', 'index.html') } },
    },
  },
})
