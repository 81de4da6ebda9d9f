import {
  cloneElement,
  type ComponentProps,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useState,
} from 'react'

export type MenuButton = ReactElement<ComponentProps<'button'>>

interface ShellMenuProps {
  button: MenuButton
  /** Brings the code of the menu. */
  fetch: () => Promise<unknown>
  /** The menu around the button, lazy; it opens by itself once it is there. */
  children: (button: MenuButton) => ReactNode
}

/**
 * A button of the frame with a menu behind it. The code of menus is large and no page needs it to show up: it is
 * fetched ahead, and waited for by whoever presses before.
 */
export function ShellMenu({ button, fetch, children }: ShellMenuProps) {
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    // What cannot be had now is asked for again when it is wanted.
    const soon = setTimeout(() => void fetch().catch(() => {}), 500)
    return () => clearTimeout(soon)
  }, [fetch])
  const shut = cloneElement(button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
  })
  return isWanted ? <Suspense fallback={shut}>{children(button)}</Suspense> : shut
}
