import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

/** The web app: built into web/dist, which the server serves; `bin/dev` serves it with reload instead. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
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
  },
  server: { port: 5173, proxy: { '/api': process.env['API_URL'] ?? 'http://127.0.0.1:3000' } },
})
