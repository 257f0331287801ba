/* The look for the place's organisation that is on its way: on a slow line the next page waits for it. */
export const officeLook = { done: Promise.resolve() as Promise<void> }
