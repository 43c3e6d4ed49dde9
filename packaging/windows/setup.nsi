; The installer for Windows: for this user only, so that no administrator is needed.
; makensis /DVERSION=1.2.3 /DSOURCE=dist\neural-playground /DOUTPUT=dist\setup.exe setup.nsi
Unicode true
!include MUI2.nsh
!include FileFunc.nsh

!define NAME "Neural Playground"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\NeuralPlayground"
!define CLASSES "Software\Classes"
!define PROJECT "NeuralPlayground.Project"

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "the Neural Playground authors, MIT licence"

!define MUI_ICON "${__FILEDIR__}\..\..\resources\icons\app.ico"
!define MUI_UNICON "${__FILEDIR__}\..\..\resources\icons\app.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\neural-playground.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${__FILEDIR__}\..\..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Italian"

Section
  ; files of the version before must not stay among the new ones
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\neural-playground.exe"
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\neural-playground.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "the Neural Playground authors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegStr HKCU "${CLASSES}\.nnproj" "" "${PROJECT}"
  WriteRegStr HKCU "${CLASSES}\${PROJECT}" "" "${NAME} project"
  WriteRegStr HKCU "${CLASSES}\${PROJECT}\DefaultIcon" "" "$INSTDIR\neural-playground.exe,0"
  WriteRegStr HKCU "${CLASSES}\${PROJECT}\shell\open\command" "" \
    '"$INSTDIR\neural-playground.exe" "%1"'
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\neural-playground.exe"
  Delete "$INSTDIR\neural-playground-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${CLASSES}\${PROJECT}"
  DeleteRegValue HKCU "${CLASSES}\.nnproj" ""
  ${RefreshShellIcons}
SectionEnd
