/* Compares a file with the digest on the page, in the browser: it is not sent anywhere. */
(function () {
  'use strict'
  var box = document.getElementById('compare')
  if (!box) return
  var input = document.getElementById('file'), result = document.getElementById('result')
  var wanted = [box.dataset.sha256, box.dataset.docx].filter(Boolean)
  box.hidden = false

  function say(text, mark) {
    result.textContent = text
    result.className = mark || ''
  }

  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (b) { return ('0' + b.toString(16)).slice(-2) }).join('')
  }

  function compare(file) {
    if (!file) return
    if (!window.crypto || !crypto.subtle) return say(box.dataset.noway, 'bad')
    say(box.dataset.busy)
    file.arrayBuffer().then(function (bytes) { return crypto.subtle.digest('SHA-256', bytes) }).then(function (sum) {
      var same = wanted.indexOf(hex(sum)) >= 0
      say(file.name + '  ' + (same ? box.dataset.same : box.dataset.other), same ? 'good' : 'bad')
    }, function () { say(box.dataset.noway, 'bad') })
  }

  input.addEventListener('change', function () { compare(input.files[0]) })
  box.addEventListener('dragover', function (event) { event.preventDefault(); box.classList.add('over') })
  box.addEventListener('dragleave', function () { box.classList.remove('over') })
  box.addEventListener('drop', function (event) {
    event.preventDefault()
    box.classList.remove('over')
    compare(event.dataTransfer.files[0])
  })
})()
