/// <reference types="vite/client" />
declare module 'virtual:case-routes' {
  const rows: { method: string; path: string; event: string; roles: string[]; zh: string; en: string }[]
  export default rows
}
declare module 'virtual:route-names' {
  const names: Readonly<Record<string, readonly [zh: string, en: string]>>
  export default names
}
