import type { ReactNode } from 'react'

interface ScrollRegionProps {
  className?: string | undefined
  /** Its name, or the id of the element that names it. */
  label?: string
  labelledBy?: string
  children: ReactNode
}

/** What may be wider than the screen: scrolls by itself, and can be reached and scrolled with the keyboard alone. */
export const ScrollRegion = ({ className, label, labelledBy, children }: ScrollRegionProps) => (
  <div className={className} role="region" aria-label={label} aria-labelledby={labelledBy} tabIndex={0}>
    {children}
  </div>
)
