interface Choice {
  readonly accept?: string | undefined
  readonly isMany?: boolean
  /** Opens the camera that looks away from the person, where there is one. */
  readonly isPhoto?: boolean
}

/** Lets the person choose files in the browser's own dialog. None when they think better of it. */
export function chooseFiles({ accept, isMany = false, isPhoto = false }: Choice): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = isMany
  input.accept = isPhoto ? 'image/*' : (accept ?? '')
  if (isPhoto) input.setAttribute('capture', 'environment')
  // Some browsers forget a field that is on no page while its dialog is open.
  input.hidden = true
  document.body.append(input)
  return new Promise((resolve) => {
    const done = () => {
      resolve([...(input.files ?? [])])
      input.remove()
    }
    input.addEventListener('change', done)
    input.addEventListener('cancel', done)
    input.click()
  })
}
