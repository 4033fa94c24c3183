; Installs the one-folder build on Windows for one user, without administrator rights.
; Made on Windows after the build:  ISCC.exe /DAppVersion=MAJOR.MINOR.PATCH packaging\pravo.iss
; The file is UTF-8 with a byte order mark, which Inno Setup asks for where letters are not Latin.

#ifndef AppVersion
  #error Give the version of the program: /DAppVersion=MAJOR.MINOR.PATCH
#endif

[Setup]
AppId={{B6D1B1C6-3F0B-4E0B-9C0E-5B7B8E7A4D21}
AppName=Pravo Desktop
AppVersion={#AppVersion}
AppPublisher=Pravo Desktop
VersionInfoVersion={#AppVersion}
DefaultDirName={localappdata}\Programs\Pravo Desktop
DefaultGroupName=Pravo Desktop
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1809, the oldest that Qt 6.11 supports.
MinVersion=10.0.17763
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
SourceDir=..
OutputDir=build\dist
OutputBaseFilename=pravo-desktop-{#AppVersion}-setup
UninstallDisplayIcon={app}\pravo-desktop.exe
UninstallDisplayName=Pravo Desktop
LicenseFile=LICENSE
ShowLanguageDialog=yes
WizardStyle=modern

[Languages]
Name: "ru"; MessagesFile: "compiler:Languages\Russian.isl"
; Inno Setup brings no Kazakh messages of its own: the program's own words are Kazakh, its buttons English.
Name: "kk"; MessagesFile: "compiler:Default.isl"

[LangOptions]
kk.LanguageName=Қазақша
kk.LanguageID=$043F

[CustomMessages]
ru.StartMenuName=Право — центры поддержки семьи
kk.StartMenuName=Право — отбасын қолдау орталықтары
ru.UninstallName=Удалить программу
kk.UninstallName=Бағдарламаны жою
ru.PackageType=Пакет центра поддержки семьи
kk.PackageType=Отбасын қолдау орталығының топтамасы
ru.ReturnedType=Записи центра, возвращённые головным офисом
kk.ReturnedType=Бас кеңсе қайтарған орталық жазбалары
ru.DesktopIcon=Значок на рабочем столе
kk.DesktopIcon=Жұмыс үстеліндегі белгіше
ru.RunNow=Открыть программу
kk.RunNow=Бағдарламаны ашу
ru.RemoveData=Удалить и данные: дела, журналы и резервные копии на этом компьютере? Вернуть их нельзя. Если не уверены, нажмите «Нет»: данные останутся.
kk.RemoveData=Деректер де жойылсын ба: осы компьютердегі кейстер, журналдар және сақтық көшірмелер? Оларды қайтару мүмкін емес. Сенімді болмасаңыз, «Жоқ» түймесін басыңыз: деректер қалады.

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an older version left in the program's folder. The data is in another folder and stays.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "build\dist\pravo-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{cm:StartMenuName}"; Filename: "{app}\pravo-desktop.exe"
Name: "{group}\{cm:UninstallName}"; Filename: "{uninstallexe}"
Name: "{userdesktop}\Pravo Desktop"; Filename: "{app}\pravo-desktop.exe"; Tasks: desktopicon

[Registry]
; Sealed packages show what they are; a double click opens the program, and after signing in the file.
Root: HKCU; Subkey: "Software\Classes\.pravo"; ValueType: string; ValueName: ""; ValueData: "PravoDesktop.Package"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\PravoDesktop.Package"; ValueType: string; ValueName: ""; ValueData: "{cm:PackageType}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\PravoDesktop.Package\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\pravo-desktop.exe,0"
Root: HKCU; Subkey: "Software\Classes\PravoDesktop.Package\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\pravo-desktop.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.returned"; ValueType: string; ValueName: ""; ValueData: "PravoDesktop.Returned"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\PravoDesktop.Returned"; ValueType: string; ValueName: ""; ValueData: "{cm:ReturnedType}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\PravoDesktop.Returned\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\pravo-desktop.exe,0"
Root: HKCU; Subkey: "Software\Classes\PravoDesktop.Returned\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\pravo-desktop.exe"" ""%1"""

[Run]
Filename: "{app}\pravo-desktop.exe"; Description: "{cm:RunNow}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    if SuppressibleMsgBox(CustomMessage('RemoveData'), mbConfirmation,
                          MB_YESNO or MB_DEFBUTTON2, IDNO) = IDYES then
      DelTree(ExpandConstant('{localappdata}\Pravo Desktop'), True, True, True);
end;
