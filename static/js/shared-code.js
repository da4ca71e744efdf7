// A scanned square brings the code behind the #, which browsers keep to themselves: it goes into its field and out of
// the address, so that it is neither in the history nor in anything that is copied.

const code = decodeURIComponent(location.hash.slice(1));

if (/^[A-Za-z]{8}$/.test(code)) {
  document.getElementById("code").value = code;
  document.getElementById("name").focus();
}
if (location.hash.startsWith("#") && !document.getElementById(location.hash.slice(1))) {
  history.replaceState(null, "", location.pathname);
}
