import { accessSync, constants } from 'node:fs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** A Chromium that can be run: the one named in `CHROMIUM_PATH`, else where systems put it. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  return (named ? [named] : usual).find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
