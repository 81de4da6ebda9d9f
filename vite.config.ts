import { defineConfig, type Plugin } from 'vite'
import react from '@vitejs/plugin-react'

const kit = 'Alert|ActionIcon|Anchor|Box|Button|CloseButton|Input|Loader|Popover|Portal|Skeleton|Text|Title|Transition'
const libraries = `react(-dom)?|scheduler|i18next|@tanstack|@floating-ui|@mantine/core/esm/(core|components/(${kit}))`
const wire = 'wire/(catalog|changes|client|http|live|records|session)[.]ts'
const words = 'words/en(-frame|-records|-live)?[.]ts|live/(marks|news|words)[.]ts'
const shell = 'shell/(?!Palette|palette|HelpSheet|sheet|OpeningMenu|OrgMenu|PersonMenu)'
const parts = 'parts/(?!Toaster|ActButton|MenuEntry)'
const ours = `${wire}|${words}|${shell}|${parts}|[a-z]+[.]ts`

/** What every page needs. */
const frame = new RegExp(`node_modules/(${libraries})/|/kernel/(?!decimal|period)|/ui/(${ours})`)

/**
 * The library that blinds ballot papers carries one that asks for Node's `crypto` where it runs in Node. A browser
 * never comes to that branch, since it has no `module`: it has `crypto.getRandomValues` of its own.
 */
const withoutNode: Plugin = {
  name: 'blinding-without-node',
  transform: {
    filter: { id: /@cloudflare\/blindrsa-ts\/.*\/sjcl\/index[.]js$/ },
    handler: (code) => ({ code: code.replace("require('crypto')", 'null'), map: null }),
  },
}

/** The web app: built into web/dist, which the server serves; `bin/dev` serves it with reload instead. */
export default defineConfig({
  root: 'web',
  plugins: [react(), withoutNode],
  // The server puts each answer's own nonce here, so the content security policy needs no unsafe-inline.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // Small files would be put into the page as data: addresses, which the policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // In one file: forty small ones cost more bytes and more round trips.
        codeSplitting: { groups: [{ name: 'frame', test: frame }] },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': process.env['API_URL'] ?? 'http://127.0.0.1:3000' } },
})
