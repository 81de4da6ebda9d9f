import { addWords } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import { words } from '../../words/en.ts'
import { deviceOf } from './device.ts'

addWords('engine', words)

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const onWindows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/141.0.0.0 Safari/537.36`
const onPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const onAndroid = `Mozilla/5.0 (Linux; Android 10; K) ${webKit}`

test.each([
  ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  ['Chrome on Windows', onWindows],
  ['Edge on Windows', `${onWindows} Edg/141.0.0.0`],
  ['Opera on Windows', `${onWindows} OPR/120.0.0.0`],
  ['Vivaldi on Windows', `${onWindows} Vivaldi/7.5`],
  [
    'Safari on Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 ' +
      'Safari/605.1.15',
  ],
  ['Safari on iPhone', `${onPhone} Version/18.6 Mobile/15E148 Safari/604.1`],
  ['Chrome on iPhone', `${onPhone} CriOS/141.0.0.0 Mobile/15E148 Safari/604.1`],
  ['Firefox on iPhone', `${onPhone} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`],
  ['Edge on iPhone', `${onPhone} Version/18.0 EdgiOS/141.0 Mobile/15E148 Safari/604.1`],
  ['DuckDuckGo on iPhone', `${onPhone} Version/18.6 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15`],
  [
    'Safari on iPad',
    'Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 ' +
      'Mobile/15E148 Safari/604.1',
  ],
  ['Chrome on Android', `${onAndroid} Chrome/141.0.0.0 Mobile Safari/537.36`],
  ['Samsung Internet on Android', `${onAndroid} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`],
  ['Firefox on Android', 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'],
  ['Chrome on ChromeOS', `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webKit} Chrome/141.0.0.0 Safari/537.36`],
  ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/141.0.0.0 Safari/537.36`],
  ['curl', 'curl/8.5.0'],
  ['python-requests', 'python-requests/2.32.3'],
  ['node', 'node'],
  ['Local 100 sync', 'Local 100 sync/2 (office)'],
  ['Windows', 'Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko'],
  ['Unknown device', 'Mozilla/5.0'],
  ['Unknown device', '<script>alert(1)</script>'],
  ['Unknown device', ''],
  ['Unknown device', null],
])('%s', (device, agent) => {
  expect(deviceOf(agent)).toBe(device)
})

test('an endless name is cut', () => {
  expect(deviceOf(`${'x'.repeat(500)}/1`).length).toBeLessThanOrEqual(60)
})
