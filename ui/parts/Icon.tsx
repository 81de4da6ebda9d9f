/** Outlines on a 20 by 20 grid, drawn for this house: one stroke, round ends. */
const outlines = {
  archive: 'M3 5h14v3H3zM4.5 8v7.5h11V8M8 11h4',
  arrow: 'M4 10h12M11 5l5 5-5 5',
  back: 'M16 10H4M9 5l-5 5 5 5',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3',
  bookmark: 'M5.5 3h9v14L10 13.5 5.5 17z',
  building: 'M4 17V3.5h8V17M12 8h4v9M2.5 17h15M6.5 7h3M6.5 10h3M6.5 13h3',
  calendar: 'M3.5 5h13v12h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5',
  camera: 'M3 6.5h3.5L8 4.5h4l1.5 2H17v9.5H3zM10 13.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  chart: 'M3.5 3v13.5H17M7 13V9.5M10.5 13V6M14 13v-5',
  check: 'M4 10.5 8 14.5 16 6',
  chevron: 'M7 4.5 12.5 10 7 15.5',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v4.2l2.8 1.8',
  close: 'M5 5l10 10M15 5 5 15',
  columns: 'M3 4h14v12H3zM8 4v12M12.5 4v12',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  down: 'M5 7.5 10 12.5 15 7.5',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  edit: 'M4 16l.8-3.5L13.5 3.8l2.7 2.7-8.7 8.7zM11.8 5.5l2.7 2.7',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11 2.5V6.5h4',
  filter: 'M3 5h14M5.5 10h9M8.5 15h3',
  gear: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  hall: 'M3 8.5 10 4l7 4.5M4.5 16V11M10 16v-5M15.5 16v-5M3 16.5h14',
  hammer: 'M9 7.5 3.5 13l3.5 3.5L12.5 11M7.5 6 12 2.5l5.5 5.5-3 4.5z',
  history: 'M3.5 10a6.5 6.5 0 1 1 2 4.7M3.5 10 1.8 8M3.5 10 5.6 8.3M10 6.5V10l2.5 1.5',
  home: 'M3 9.5 10 3.5l7 6M5 8v8.5h10V8M8.5 16.5v-4h3v4',
  key: 'M7 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10.5 10H17M14 10v3M17 10v2',
  keyboard: 'M2.5 5h15v10h-15zM5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M6 12h8',
  link: 'M8.5 11.5a3 3 0 0 0 4.3.2l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3-.2l-3 3a3 3 0 0 0 4.3 4.3l1-1',
  lock: 'M4.5 9h11v8h-11zM7 9V6.2a3 3 0 0 1 6 0V9',
  mail: 'M3 5h14v10H3zM3.5 5.5 10 10.5l6.5-5',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  minus: 'M4.5 10h11',
  money: 'M2.5 5.5h15v9h-15zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM5.2 8v4M14.8 8v4',
  moon: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z',
  pause: 'M7 4.5v11M13 4.5v11',
  phone: 'M6 2.5h8v15H6zM9 15h2',
  play: 'M6.5 4.5 15 10l-8.5 5.5z',
  plus: 'M10 4v12M4 10h12',
  print: 'M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z',
  retry: 'M16 10a6 6 0 1 1-1.8-4.3M16.2 3v3.5h-3.5',
  roll: 'M4 3.5h12v13H4zM7 7h6M7 10h6M7 13h3.5',
  screen: 'M3 4h14v9.5H3zM7 16.5h6M10 13.5v3',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17',
  send: 'M17 3 2.5 8.5 8 11.5l3 5.5zM17 3 8 11.5',
  signout: 'M8.5 3.5h-5v13h5M8 10h9M13.5 6.5 17 10l-3.5 3.5',
  sun:
    'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18' +
    'M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  swap: 'M6.5 3.5v13M6.5 3.5 3.5 6.5M6.5 3.5l3 3M13.5 16.5v-13M13.5 16.5l3-3M13.5 16.5l-3-3',
  undo: 'M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8',
  up: 'M5 12.5 10 7.5 15 12.5',
  upload: 'M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13',
  user: 'M10 10a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM3.5 17a6.5 6.5 0 0 1 13 0',
  users:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5a5.5 5.5 0 0 1 11 0M13 3.9a3 3 0 0 1 0 5.4M15 12a5.5 5.5 0 0 1 3 4.5',
  warning: 'M10 3 18 16.5H2zM10 8v4M10 14.2h.01',
} as const

export type IconName = keyof typeof outlines

/** A module may name an icon that this house has not drawn; it then gets the plain page. */
export function Icon({ name, size = 18 }: { name: IconName | (string & {}); size?: number }) {
  const outline = Object.hasOwn(outlines, name) ? outlines[name as IconName] : outlines.roll
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <path d={outline} />
    </svg>
  )
}
