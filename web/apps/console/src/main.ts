import '@tiaojie/core/tokens.css'
import 'element-plus/es/components/base/style/css'
import './console.css'
import { createApp } from 'vue'
import { applyPreferences } from '@tiaojie/core'
import App from './App.vue'
import { reveal } from './parts/reveal'
import { router } from './router'

applyPreferences()
createApp(App).use(router).directive('reveal', reveal).mount('#app')
