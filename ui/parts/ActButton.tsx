import { Button, type ButtonProps, Tooltip, VisuallyHidden } from '@mantine/core'
import { type ComponentProps, useId } from 'react'
import type { Allowed } from '../wire/catalog.ts'

interface ActButtonProps extends ButtonProps, Omit<ComponentProps<'button'>, keyof ButtonProps> {
  /** True, or the reason why not; undefined hides nothing and allows. */
  allowed?: Allowed | undefined
}

/**
 * A button that says why it cannot be pressed. It stays focusable then, because a disabled button tells nobody
 * anything.
 */
export function ActButton({ allowed = true, onClick, children, ...props }: ActButtonProps) {
  const id = useId()
  if (allowed === true)
    return (
      <Button {...props} onClick={onClick}>
        {children}
      </Button>
    )
  return (
    <>
      <Tooltip label={allowed} events={{ hover: true, focus: true, touch: true }}>
        <Button
          {...props}
          data-disabled
          aria-disabled
          aria-describedby={id}
          onClick={(event) => event.preventDefault()}
        >
          {children}
        </Button>
      </Tooltip>
      <VisuallyHidden id={id}>{allowed}</VisuallyHidden>
    </>
  )
}
