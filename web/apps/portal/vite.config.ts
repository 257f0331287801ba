import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    target: 'es2020', outDir: '../../../build/web', emptyOutDir: false, assetsInlineLimit: 0, modulePreload: { polyfill: false },
    cssCodeSplit: false, manifest: true,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8181' } },
})
